// The gallery: segments that most shops ask for, each with whom it means and how many that are now.
import { Badge, Box, Button, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ReadySegment } from "@/api/schema";
import type { Document } from "@/conditions/document";
import { useCount } from "@/conditions/queries";
import { capital } from "@/conditions/Sentence";
import { inLanguage } from "@/journeys/telling";
import { Page } from "@/patterns/Page";
import { useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { count } from "@/reading/money";
import { useMay } from "@/signin/session";
import { useReadySegments } from "./queries";
import { bySubject } from "./ready";

export function Ready() {
  const { t } = useTranslation();
  const ready = useReadySegments();
  return (
    <Page title={t("segments.ready")} about={t("segments.readyAbout")}>
      <Shown query={ready} shape={<Lines many={6} high={110} />}>
        {({ segments }) => (
          <Stack gap="lg">
            {bySubject(segments).map(([subject, some]) => (
              <Stack key={subject} gap="xs">
                <Title order={2} fz={16}>
                  {t(`segments.subject.${subject}`)}
                </Title>
                <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
                  {some.map((one) => (
                    <One key={one.id} segment={one} />
                  ))}
                </SimpleGrid>
              </Stack>
            ))}
          </Stack>
        )}
      </Shown>
    </Page>
  );
}

function One({ segment }: { segment: ReadySegment }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay("editor");
  const { id, name, about, sentence, profiles, document } = segment;
  return (
    <Box component="article" className="card" p="md" display="flex">
      <Stack gap="xs" w="100%" justify="space-between">
        <Stack gap={4}>
          <Group justify="space-between" gap="xs" wrap="nowrap" align="start">
            <Title order={3} fz={15} className="break">
              {inLanguage(name, language)}
            </Title>
            <HowMany condition={document.when as Document} />
          </Group>
          <Text size="sm">{inLanguage(about, language)}</Text>
          <Text size="xs" c="dimmed" className="break">
            {capital(inLanguage(sentence, language))}
          </Text>
        </Stack>
        <Group justify="space-between" gap="xs">
          {profiles ? (
            <Badge variant="light" color="gray" tt="none">
              {t("segments.profiles")}
            </Badge>
          ) : (
            <span />
          )}
          {may && (
            <Button
              component={Link}
              to={`/segments/new?ready=${id}`}
              size="compact-sm"
              variant="light"
              aria-label={t("segments.takeNamed", { name: inLanguage(name, language) })}
            >
              {t("segments.take")}
            </Button>
          )}
        </Group>
      </Stack>
    </Box>
  );
}

/** Counted on a sample, once it is to be seen. */
function HowMany({ condition }: { condition: Document }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { ref, entry } = useIntersection({ threshold: 0 });
  const query = useCount(condition, false, entry?.isIntersecting ?? false);
  return (
    <Text ref={ref} size="sm" fw={600} ta="right" miw={56} className="number">
      {query.data && `${query.data.exact ? "" : `${t("conditions.about")} `}`}
      {query.data ? count(query.data.people, language) : "…"}
    </Text>
  );
}
