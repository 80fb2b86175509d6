// One's own account: what one is called, and a new password.
import { Button, Group, PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { asFailure } from "@/api/failure";
import { Card } from "@/patterns/Card";
import { Trouble } from "@/patterns/Trouble";
import { NewPassword, usePasswordCheck } from "@/signin/NewPassword";
import { useChangeMyself, useChangePassword, useMe } from "@/signin/session";
import { changeLanguage } from "@/words/speak";
import { asLanguage, LANGUAGE_NAMES, LANGUAGES } from "@/words/language";

export function Account() {
  return (
    <Stack maw={560}>
      <Myself />
      <Password />
    </Stack>
  );
}

function Myself() {
  const { t } = useTranslation();
  const { account } = useMe();
  const change = useChangeMyself();
  const form = useForm({
    initialValues: { name: account.name, language: asLanguage(account.language) ?? "it" },
    validateInputOnBlur: true,
    validate: { name: (name) => (name.trim() ? null : t("signin.required")) },
  });
  const save = form.onSubmit((said) =>
    change.mutate(
      { body: { ...said, name: said.name.trim() } },
      {
        onSuccess: () => {
          form.resetDirty();
          void changeLanguage(said.language);
          notifications.show({ message: t("errors.saved"), color: "green" });
        },
      },
    ),
  );
  return (
    <Card title={t("settings.tab.account")} about={account.email}>
      <form noValidate onSubmit={save}>
        <Stack>
          <TextInput
            label={t("signin.name")}
            autoComplete="name"
            maxLength={80}
            {...form.getInputProps("name")}
          />
          <Select
            label={t("frame.language")}
            description={t("settings.myLanguageAbout")}
            data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            allowDeselect={false}
            {...form.getInputProps("language")}
          />
          {change.error && <Trouble error={change.error} />}
          <Group>
            <Button type="submit" disabled={!form.isDirty()} loading={change.isPending}>
              {t("errors.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function Password() {
  const { t } = useTranslation();
  const { account } = useMe();
  const change = useChangePassword();
  const form = useForm({
    initialValues: { current: "", new: "" },
    validateInputOnBlur: true,
    validate: {
      current: (current) => (current ? null : t("signin.required")),
      new: usePasswordCheck(),
    },
  });
  const save = form.onSubmit((said) =>
    change.mutate(
      { body: said },
      {
        onSuccess: () => {
          form.reset();
          notifications.show({ message: t("settings.passwordChanged"), color: "green" });
        },
        onError: (error) => {
          if (asFailure(error).status === 403)
            form.setFieldError("current", t("settings.passwordWrong"));
        },
      },
    ),
  );
  const known = change.error && asFailure(change.error).status === 403;
  return (
    <Card title={t("settings.changePassword")} about={t("settings.changePasswordAbout")}>
      <form noValidate onSubmit={save}>
        <Stack>
          <input type="hidden" autoComplete="username" value={account.email} readOnly />
          <PasswordInput
            label={t("settings.currentPassword")}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ "aria-label": t("signin.show") }}
            {...form.getInputProps("current")}
          />
          <NewPassword label={t("signin.reset")} {...form.getInputProps("new")} />
          {change.error && !known && <Trouble error={change.error} />}
          <Group>
            <Button type="submit" disabled={!form.isDirty()} loading={change.isPending}>
              {t("settings.changePassword")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
