// What happened, and what needs me?
import { Grid, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Card } from "@/patterns/Card";
import { Figure } from "@/patterns/Figure";
import { Page } from "@/patterns/Page";
import { useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { count } from "@/reading/money";
import { useWorkspace } from "@/signin/session";
import type { Home as Figures } from "@/api/schema";
import { FunnelChart } from "./FunnelChart";
import { Needs } from "./Needs";
import { useFunnel, useHome } from "./queries";

export function Home() {
  const { t } = useTranslation();
  const { name } = useWorkspace();
  const home = useHome();
  const funnel = useFunnel();
  return (
    <Page title={t("home.title")} about={name}>
      <Shown query={home} shape={<Lines many={2} high={92} />}>
        {(data) => <Live figures={data} />}
      </Shown>
      <Grid>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Shown
            query={funnel}
            shape={
              <Card>
                <Lines many={5} />
              </Card>
            }
          >
            {({ steps, complete }) => (
              <Stack gap="xs">
                <FunnelChart steps={steps} />
                {!complete && (
                  <Text size="xs" c="dimmed">
                    {t("home.partly")}
                  </Text>
                )}
              </Stack>
            )}
          </Shown>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Card title={t("home.needs")} flush>
            <Shown query={home} shape={<Lines many={3} />}>
              {(data) => <Needs home={data} />}
            </Shown>
          </Card>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Live({ figures }: { figures: Figures }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const asked = Object.values(figures.messages_today).reduce((sum, many) => sum + many, 0);
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      <Figure
        name={t("home.now")}
        value={count(figures.visitors_now, language)}
        about={t("home.nowAbout")}
      />
      <Figure
        name={t("home.events")}
        value={count(figures.events_last_hour, language)}
        about={t("home.eventsAbout", { count: figures.events_last_minute })}
      />
      <Figure
        name={t("home.sent")}
        value={count(figures.messages_today.sent ?? 0, language)}
        about={t("home.sentAbout", { asked })}
      />
      <Figure
        name={t("home.waiting")}
        value={count(figures.waiting, language)}
        about={t("home.waitingAbout")}
      />
    </SimpleGrid>
  );
}
