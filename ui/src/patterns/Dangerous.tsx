// A dangerous act names what it touches, and may ask for its name to be typed.
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Trouble } from "./Trouble";

interface Props {
  opened: boolean;
  title: string;
  act: string;
  name?: string; // to be typed before the act is possible
  colour?: string;
  busy?: boolean;
  error?: unknown;
  onClose: () => void;
  onAct: () => void;
  children: ReactNode;
}

export function Dangerous(props: Props) {
  const { opened, title, act, name, colour = "red", busy, error, onClose, onAct, children } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const ready = !name || typed.trim() === name;
  const close = () => {
    setTyped("");
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={<Text fw={650}>{title}</Text>}
      centered
      closeButtonProps={{ "aria-label": t("errors.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onAct();
        }}
      >
        <Stack>
          <Text size="sm" component="div">
            {children}
          </Text>
          {name && (
            <TextInput
              label={t("errors.typeToConfirm", { name })}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              data-autofocus
              autoComplete="off"
            />
          )}
          {error ? <Trouble error={error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("errors.cancel")}
            </Button>
            <Button type="submit" color={colour} disabled={!ready} loading={busy}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
