// Inviting somebody: the mail goes out, and the link is shown to be passed on by hand.
import { Alert, Button, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { Secret } from "@/patterns/Secret";
import { useLanguage } from "@/patterns/Said";
import { Trouble } from "@/patterns/Trouble";
import { isEmail } from "@/signin/checks";
import { useHere } from "@/signin/session";
import { useInvite } from "./queries";
import { useRoles, type Role } from "./roles";

export function Invite({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const here = useHere();
  const language = useLanguage();
  const roles = useRoles();
  const invite = useInvite();
  const form = useForm<{ email: string; role: Role }>({
    initialValues: { email: "", role: "editor" },
    validateInputOnBlur: true,
    validate: { email: (email) => (isEmail(email) ? null : t("signin.emailInvalid")) },
  });
  const close = () => {
    form.reset();
    invite.reset();
    onClose();
  };
  const sent = invite.data;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={<Text fw={650}>{t("settings.inviteTitle")}</Text>}
      centered
      closeButtonProps={{ "aria-label": t("errors.close") }}
    >
      {sent ? (
        <Stack>
          <Alert color="green" variant="light">
            {t("settings.inviteSent", { email: sent.email })}
          </Alert>
          <Text size="sm">{t("settings.inviteLink", { email: sent.email })}</Text>
          <Secret text={sent.link} />
          <Button onClick={close}>{t("errors.close")}</Button>
        </Stack>
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit((said) =>
            invite.mutate({ ...here, body: { ...said, language } }),
          )}
        >
          <Stack>
            <TextInput
              label={t("settings.email")}
              type="email"
              data-autofocus
              {...form.getInputProps("email")}
            />
            <Select
              label={t("settings.roleColumn")}
              data={roles}
              allowDeselect={false}
              {...form.getInputProps("role")}
            />
            {invite.error && <Trouble error={invite.error} />}
            <Button type="submit" loading={invite.isPending}>
              {t("settings.invite")}
            </Button>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
