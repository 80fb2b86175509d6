// Signing in, and asking for a new password when the old one is forgotten.
import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asFailure } from "@/api/failure";
import { Trouble } from "@/patterns/Trouble";
import { isEmail } from "./checks";
import { Door } from "./Door";
import { useAskForReset, useSignIn } from "./session";

export function SignIn({ news }: { news?: string | undefined }) {
  const { t } = useTranslation();
  const [forgotten, setForgotten] = useState(false);
  const signIn = useSignIn();
  const form = useForm({
    initialValues: { email: "", password: "" },
    validateInputOnBlur: true,
    validate: {
      email: (email) => (isEmail(email) ? null : t("signin.emailInvalid")),
      password: (password) => (password ? null : t("signin.required")),
    },
  });
  if (forgotten) return <Forgotten email={form.values.email} back={() => setForgotten(false)} />;
  return (
    <Door title={t("signin.title")}>
      <form noValidate onSubmit={form.onSubmit((said) => signIn.mutate({ body: said }))}>
        <Stack>
          {news && (
            <Alert color="green" variant="light">
              {news}
            </Alert>
          )}
          <TextInput
            label={t("signin.email")}
            type="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label={t("signin.password")}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ "aria-label": t("signin.show") }}
            {...form.getInputProps("password")}
          />
          {signIn.error && <Refusal error={signIn.error} />}
          <Button type="submit" loading={signIn.isPending} fullWidth>
            {t("signin.act")}
          </Button>
          <Anchor component="button" type="button" size="sm" onClick={() => setForgotten(true)}>
            {t("signin.forgotten")}
          </Anchor>
        </Stack>
      </form>
    </Door>
  );
}

function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { kind, status } = asFailure(error);
  if (status === 429)
    return (
      <Alert color="yellow" variant="light" role="alert">
        {t("signin.later")}
      </Alert>
    );
  const wrong = kind === "signed out" || kind === "forbidden" || kind === "refused";
  return wrong ? (
    <Alert color="red" variant="light" role="alert">
      {t("signin.wrong")}
    </Alert>
  ) : (
    <Trouble error={error} />
  );
}

function Forgotten({ email, back }: { email: string; back: () => void }) {
  const { t } = useTranslation();
  const ask = useAskForReset();
  const form = useForm({
    initialValues: { email },
    validateInputOnBlur: true,
    validate: { email: (said) => (isEmail(said) ? null : t("signin.emailInvalid")) },
  });
  return (
    <Door title={t("signin.reset")} about={t("signin.resetAbout")}>
      <form noValidate onSubmit={form.onSubmit((said) => ask.mutate({ body: said }))}>
        <Stack>
          <TextInput
            label={t("signin.email")}
            type="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps("email")}
          />
          {ask.isSuccess && (
            <Alert color="green" variant="light" role="status">
              {t("signin.resetSent", { email: form.values.email })}
            </Alert>
          )}
          {ask.error && <Trouble error={ask.error} />}
          <Button type="submit" loading={ask.isPending}>
            {t("signin.resetAct")}
          </Button>
          <Anchor component="button" type="button" size="sm" onClick={back}>
            {t("signin.back")}
          </Anchor>
        </Stack>
      </form>
    </Door>
  );
}
