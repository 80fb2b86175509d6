// The link of an invitation: say who invites where, then let the person in.
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Invitation } from "@/api/schema";
import { useLanguage } from "@/patterns/Said";
import { Lines } from "@/patterns/Shown";
import { Trouble } from "@/patterns/Trouble";
import { Door } from "./Door";
import { NewPassword, usePasswordCheck } from "./NewPassword";
import { useInvitation, useTakeInvitation } from "./session";

interface Props {
  ticket: string;
  done: () => void;
}

export function TakeInvitation({ ticket, done }: Props) {
  const { t } = useTranslation();
  const { look, data, error } = useInvitation(ticket);
  useEffect(look, []); // once: the ticket does not change under the page
  if (error)
    return (
      <Door title={t("signin.invited")}>
        <Trouble error={error} />
      </Door>
    );
  if (!data)
    return (
      <Door title={t("signin.invited")}>
        <Lines many={2} />
      </Door>
    );
  const about = t("signin.invitedAbout", {
    workspace: data.workspace,
    email: data.email,
    role: t(`settings.role.${data.role}`),
  });
  return (
    <Door title={t("signin.invited")} about={about}>
      {data.joined ? (
        <Known ticket={ticket} done={done} />
      ) : (
        <NewAccount ticket={ticket} done={done} invitation={data} />
      )}
    </Door>
  );
}

function Known({ ticket, done }: Props) {
  const { t } = useTranslation();
  const take = useTakeInvitation();
  const language = useLanguage();
  return (
    <Stack>
      <Text size="sm">{t("signin.invitedKnown")}</Text>
      {take.error && <Trouble error={take.error} />}
      <Button
        loading={take.isPending}
        onClick={() => take.mutate({ body: { ticket, language } }, { onSuccess: done })}
      >
        {t("signin.invitedAct")}
      </Button>
    </Stack>
  );
}

function NewAccount({ ticket, done, invitation }: Props & { invitation: Invitation }) {
  const { t } = useTranslation();
  const take = useTakeInvitation();
  const language = useLanguage();
  const form = useForm({
    initialValues: { name: "", password: "" },
    validateInputOnBlur: true,
    validate: {
      name: (name) => (name.trim() ? null : t("signin.required")),
      password: usePasswordCheck(),
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((said) =>
        take.mutate({ body: { ticket, language, ...said } }, { onSuccess: done }),
      )}
    >
      <Stack>
        <input type="hidden" autoComplete="username" value={invitation.email} readOnly />
        <TextInput
          label={t("signin.name")}
          autoComplete="name"
          autoFocus
          {...form.getInputProps("name")}
        />
        <NewPassword {...form.getInputProps("password")} />
        {take.error && <Trouble error={take.error} />}
        <Button type="submit" loading={take.isPending}>
          {t("signin.invitedAct")}
        </Button>
      </Stack>
    </form>
  );
}
