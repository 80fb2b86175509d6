// The link of a reset mail: choose a new password.
import { Button, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { Trouble } from "@/patterns/Trouble";
import { Door } from "./Door";
import { NewPassword, usePasswordCheck } from "./NewPassword";
import { useReset } from "./session";

export function ChoosePassword({ ticket, done }: { ticket: string; done: () => void }) {
  const { t } = useTranslation();
  const reset = useReset();
  const form = useForm({
    initialValues: { password: "" },
    validateInputOnBlur: true,
    validate: { password: usePasswordCheck() },
  });
  return (
    <Door title={t("signin.choose")}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ password }) =>
          reset.mutate({ body: { ticket, password } }, { onSuccess: done }),
        )}
      >
        <Stack>
          <NewPassword autoFocus {...form.getInputProps("password")} />
          {reset.error && <Trouble error={reset.error} />}
          <Button type="submit" loading={reset.isPending}>
            {t("signin.chooseAct")}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
