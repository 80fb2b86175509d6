// Who writes to shoppers, and the server that takes the mails.
import {
  Alert,
  Button,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconInbox } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WorkspaceSettings } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Shown } from "@/patterns/Shown";
import { Trouble } from "@/patterns/Trouble";
import { useHere } from "@/signin/session";
import { useSettings, useSmtpPassword } from "./queries";
import { SaveBar } from "./SaveBar";
import { useSettingsForm } from "./useSettingsForm";

export function Sender() {
  const settings = useSettings();
  return <Shown query={settings}>{(data) => <Both held={data} />}</Shown>;
}

function Both({ held }: { held: WorkspaceSettings }) {
  const { t } = useTranslation();
  const { form, save, busy, error, readOnly } = useSettingsForm(held.settings);
  const field = (place: string) => ({ ...form.getInputProps(place), readOnly });
  const security = [
    { value: "starttls", label: "STARTTLS" },
    { value: "tls", label: "TLS" },
    { value: "none", label: t("settings.securityNone") },
  ];
  return (
    <Stack>
      <form noValidate onSubmit={save}>
        <Stack>
          <Card title={t("settings.tab.sender")}>
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <TextInput label={t("settings.senderName")} {...field("sender_name")} />
              <TextInput
                label={t("settings.senderEmail")}
                type="email"
                {...field("sender_email")}
              />
              <TextInput label={t("settings.replyTo")} type="email" {...field("reply_to")} />
            </SimpleGrid>
          </Card>
          <Card title={t("settings.smtp")}>
            <Stack>
              {!form.values.smtp?.host && (
                <Alert color="yellow" variant="light" icon={<IconInbox aria-hidden />}>
                  {t("settings.smtpAbout")}
                </Alert>
              )}
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <TextInput
                  label={t("settings.host")}
                  placeholder="smtp.example.com"
                  {...field("smtp.host")}
                />
                <NumberInput
                  label={t("settings.port")}
                  min={1}
                  max={65535}
                  allowDecimal={false}
                  thousandSeparator={false}
                  {...field("smtp.port")}
                />
                <TextInput label={t("settings.user")} autoComplete="off" {...field("smtp.user")} />
                <Select
                  label={t("settings.security")}
                  data={security}
                  allowDeselect={false}
                  {...field("smtp.security")}
                />
              </SimpleGrid>
            </Stack>
          </Card>
          <SaveBar readOnly={readOnly} dirty={form.isDirty()} busy={busy} error={error} />
        </Stack>
      </form>
      {!readOnly && <SmtpPassword kept={held.has_smtp_password} />}
    </Stack>
  );
}

function SmtpPassword({ kept }: { kept: boolean }) {
  const { t } = useTranslation();
  const here = useHere();
  const change = useSmtpPassword();
  const [password, setPassword] = useState("");
  const save = () =>
    change.mutate(
      { ...here, body: { password } },
      {
        onSuccess: () => {
          setPassword("");
          notifications.show({ message: t("errors.saved"), color: "green" });
        },
      },
    );
  return (
    <Card title={t("settings.smtpPassword")} about={kept ? t("settings.passwordKept") : undefined}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Group align="flex-end">
          <PasswordInput
            label={t("settings.password")}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            miw={260}
            visibilityToggleButtonProps={{ "aria-label": t("signin.show") }}
          />
          <Button type="submit" variant="default" disabled={!password} loading={change.isPending}>
            {t("errors.save")}
          </Button>
        </Group>
        {change.error && <Trouble error={change.error} />}
      </form>
    </Card>
  );
}
