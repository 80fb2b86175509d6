// What happened, and what needs me?
import { Grid, SimpleGrid, Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Card } from "@/patterns/Card";
import { Figure } from "@/patterns/Figure";
import { Page } from "@/patterns/Page";
import { useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { count } from "@/reading/money";
import { useWorkspace } from "@/signin/session";
import type { Home as Figures } from "@/api/schema";
import { Counted } from "./Counted";
import { FunnelChart } from "./FunnelChart";
import { Needs } from "./Needs";
import { useFunnel, useHome, useRevenue } from "./queries";
import { RevenueCard } from "./RevenueCard";

export function Home() {
  const { t } = useTranslation();
  const { name } = useWorkspace();
  const home = useHome();
  const funnel = useFunnel();
  const revenue = useRevenue();
  return (
    <Page title={t("home.title")} about={name}>
      <Shown query={home} shape={<LiveShape />}>
        {(data) => <Live figures={data} />}
      </Shown>
      <Grid>
        <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 1, md: 2 }}>
          <Card title={t("home.needs")} flush>
            <Shown query={home} shape={<Lines many={3} />}>
              {(data) => <Needs home={data} />}
            </Shown>
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }} order={{ base: 2, md: 1 }}>
          <Stack>
            <Counted title={t("home.funnel")} query={funnel} lines={5}>
              {(data) => <FunnelChart funnel={data} />}
            </Counted>
            <Counted title={t("home.revenue")} query={revenue} lines={4}>
              {(data) => <RevenueCard revenue={data} />}
            </Counted>
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

/** As large as the four figures that follow. */
function LiveShape() {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} role="status" aria-label={t("errors.loading")}>
      {Array.from({ length: 4 }, (_, place) => (
        <Skeleton key={place} h={104} radius="md" />
      ))}
    </SimpleGrid>
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
