// A state as colour, icon and word together: never by colour alone.
import { Badge, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { viewOf, type View } from "./states";

interface Props<State extends string> {
  state: string;
  views: Record<State, View>;
  hint?: string;
}

export function StateBadge<State extends string>({ state, views, hint }: Props<State>) {
  const { t } = useTranslation();
  const view = viewOf(views, state);
  const Icon = view?.icon;
  const badge = (
    <Badge
      variant="light"
      color={view?.colour ?? "gray"}
      leftSection={Icon && <Icon size={13} stroke={2} aria-hidden />}
      tt="none"
      fw={550}
      style={{ flexShrink: 0 }}
    >
      {view ? t(view.word) : state}
    </Badge>
  );
  return hint ? (
    <Tooltip label={hint} multiline maw={320}>
      {badge}
    </Tooltip>
  ) : (
    badge
  );
}
