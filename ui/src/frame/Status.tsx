// How the whole is doing, in one badge: live, behind, or sending stopped.
import { Badge, Tooltip } from "@mantine/core";
import {
  IconBolt,
  IconClockExclamation,
  IconHandStop,
  IconPlugX,
  type Icon,
} from "@tabler/icons-react";
import type { ParseKeys } from "i18next";
import { useTranslation } from "react-i18next";
import { LATE } from "@/home/needing";
import { useHome } from "@/home/queries";
import { useLanguage } from "@/patterns/Said";
import { length } from "@/reading/moments";

interface View {
  icon: Icon;
  colour: string;
  words: string;
  about: ParseKeys;
}

export function Status() {
  const { t } = useTranslation();
  const view = useView();
  if (!view) return null;
  const { icon: Picture, colour, words, about } = view;
  return (
    <Tooltip label={t(about)} multiline maw={280}>
      <Badge
        variant="light"
        color={colour}
        tt="none"
        leftSection={<Picture size={13} aria-hidden />}
        role="status"
        tabIndex={0}
        styles={{ label: { maxWidth: 220 } }}
      >
        {words}
      </Badge>
    </Tooltip>
  );
}

function useView(): View | null {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, error } = useHome();
  if (error)
    return {
      icon: IconPlugX,
      colour: "red",
      words: t("frame.unreachable"),
      about: "errors.unreachableDo",
    };
  if (!data) return null;
  if (data.stops.some((stop) => stop.scope === "all")) {
    return {
      icon: IconHandStop,
      colour: "red",
      words: t("frame.stopped"),
      about: "frame.stoppedExplained",
    };
  }
  if (data.behind_seconds < 1)
    return {
      icon: IconBolt,
      colour: "green",
      words: t("frame.live"),
      about: "frame.liveExplained",
    };
  const words = t("frame.behind", { length: length(data.behind_seconds, language) });
  const colour = data.behind_seconds > LATE ? "yellow" : "green";
  return { icon: IconClockExclamation, colour, words, about: "frame.behindExplained" };
}
