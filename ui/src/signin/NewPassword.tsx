// The field of a new password, with its rule.
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isLongEnough, SHORTEST_PASSWORD } from "./checks";

export function NewPassword(props: PasswordInputProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={t("signin.password")}
      description={t("signin.tooShort", { least: SHORTEST_PASSWORD })}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ "aria-label": t("signin.show") }}
      {...props}
    />
  );
}

/** The check of a form: null when the password is long enough. */
export function usePasswordCheck(): (password: string) => string | null {
  const { t } = useTranslation();
  return (password) =>
    isLongEnough(password) ? null : t("signin.tooShort", { least: SHORTEST_PASSWORD });
}
