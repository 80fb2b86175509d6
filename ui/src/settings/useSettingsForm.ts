// A form over the workspace's settings: two pages show parts of it, both keep the rest as it is.
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { asFailure } from "@/api/failure";
import type { WorkspaceSettings } from "@/api/schema";
import { useHere, useMay } from "@/signin/session";
import { useChangeSettings } from "./queries";

type Fields = WorkspaceSettings["settings"];

export function useSettingsForm(settings: Fields) {
  const { t } = useTranslation();
  const here = useHere();
  const change = useChangeSettings();
  const readOnly = !useMay("owner");
  const form = useForm<Fields>({ initialValues: settings, validateInputOnBlur: true });
  const save = form.onSubmit((said) =>
    change.mutate(
      { ...here, body: said },
      {
        onSuccess: () => {
          form.resetDirty(said);
          notifications.show({ message: t("errors.saved"), color: "green" });
        },
        onError: (error) => {
          for (const { place, says } of asFailure(error).wrong) form.setFieldError(place, says);
        },
      },
    ),
  );
  return { form, save, busy: change.isPending, error: change.error, readOnly };
}
