// A short word at the foot of the page that something is done; it goes away by itself.
import { notifications } from "@mantine/notifications";
import { speak } from "@/words/speak";

export function tell(message: string): void {
  const closeButtonProps = { "aria-label": speak.t("errors.close") };
  notifications.show({ message, color: "green", closeButtonProps });
}
