// The roles as a choice, in words.
import { useTranslation } from "react-i18next";

export const ROLES = ["owner", "editor", "viewer"] as const;
export type Role = (typeof ROLES)[number];

export function useRoles(): { value: Role; label: string }[] {
  const { t } = useTranslation();
  return ROLES.map((value) => ({ value, label: t(`settings.role.${value}`) }));
}
