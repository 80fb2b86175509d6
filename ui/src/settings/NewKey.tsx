// Making a key: what it is for, and what an admin key may do.
import { Button, Checkbox, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Key } from "@/api/schema";
import { Trouble } from "@/patterns/Trouble";
import { useHere } from "@/signin/session";
import { useMakeKey } from "./queries";

const KINDS = ["public", "server", "admin"] as const satisfies readonly Key["kind"][];

interface Props {
  opened: boolean;
  onClose: () => void;
  onMade: (text: string) => void;
}

export function NewKey({ opened, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const here = useHere();
  const make = useMakeKey();
  const form = useForm<{ name: string; kind: Key["kind"]; write: boolean }>({
    initialValues: { name: "", kind: "server", write: false },
    validateInputOnBlur: true,
    validate: { name: (name) => (name.trim() ? null : t("signin.required")) },
  });
  const close = () => {
    form.reset();
    make.reset();
    onClose();
  };
  const submit = form.onSubmit(({ name, kind, write }) => {
    const scopes: ("read" | "write")[] =
      kind !== "admin" ? [] : write ? ["read", "write"] : ["read"];
    make.mutate(
      { ...here, body: { name: name.trim(), kind, scopes } },
      {
        onSuccess: ({ text }) => {
          close();
          onMade(text);
        },
      },
    );
  });
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={<Text fw={650}>{t("settings.newKey")}</Text>}
      centered
      closeButtonProps={{ "aria-label": t("errors.close") }}
    >
      <form noValidate onSubmit={submit}>
        <Stack>
          <TextInput
            label={t("settings.name")}
            placeholder={t("settings.keyName")}
            data-autofocus
            {...form.getInputProps("name")}
          />
          <Select
            label={t("settings.kindColumn")}
            data={KINDS.map((value) => ({ value, label: t(`settings.kind.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps("kind")}
          />
          {form.values.kind === "admin" && (
            <Checkbox
              label={t("settings.mayWrite")}
              {...form.getInputProps("write", { type: "checkbox" })}
            />
          )}
          {make.error && <Trouble error={make.error} />}
          <Button type="submit" loading={make.isPending}>
            {t("settings.newKey")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
