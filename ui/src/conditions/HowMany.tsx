// How many people are meant: about, from a sample, and exactly when it was counted.
import { Anchor, Box, Group, Loader, Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Count } from "@/api/schema";
import { useLanguage } from "@/patterns/Said";
import { Trouble } from "@/patterns/Trouble";
import { asFailure } from "@/api/failure";
import { count, share } from "@/reading/money";
import type { Live } from "./useLive";

export function HowMany({ live }: { live: Live }) {
  const { t } = useTranslation();
  const { count: query, counting, countExactly, current } = live;
  if (query.error && asFailure(query.error).status !== 400)
    return <Trouble error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Skeleton h={64} visible={current} />;
  const stale = !current || query.isPlaceholderData;
  return (
    <Box role="status" aria-busy={stale}>
      <Told told={query.data} stale={stale} />
      <Group gap="xs" mih={22}>
        {counting && (
          <>
            <Loader size={12} aria-hidden />
            <Text size="xs" c="dimmed">
              {t("conditions.counting")}
            </Text>
          </>
        )}
        {!counting && !query.data.exact && (
          <Anchor component="button" type="button" size="xs" onClick={countExactly}>
            {t("conditions.countNow")}
          </Anchor>
        )}
      </Group>
    </Box>
  );
}

function Told({ told, stale }: { told: Count; stale: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { people, low, high, all, exact, sampled } = told;
  const number = (many: number) => count(many, language);
  return (
    <>
      <Text fz={28} fw={650} lh={1.2} c={stale ? "dimmed" : undefined}>
        {!exact && (
          <Text span fz={16} fw={500} c="dimmed">
            {t("conditions.about")}{" "}
          </Text>
        )}
        {number(people)}{" "}
        <Text span fz={16} fw={500}>
          {t("conditions.people", { count: people })}
        </Text>
      </Text>
      <Text size="sm" c="dimmed">
        {t("conditions.share", { share: share(people, all, language), all: number(all) })}
      </Text>
      <Text size="xs" c="dimmed">
        {exact
          ? t("conditions.exactly")
          : t("conditions.between", {
              low: number(low),
              high: number(high),
              sampled: number(sampled),
            })}
      </Text>
    </>
  );
}
