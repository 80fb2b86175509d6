// Mails that would have left: the list, and beside it (on a phone: instead of it) the one chosen.
import { Box, Button, Grid, Text } from "@mantine/core";
import { IconArrowLeft, IconInbox } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Caught } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Page } from "@/patterns/Page";
import { Moment } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { Mail } from "./Mail";
import { useInbox } from "./queries";

const route = getRouteApi("/sandbox");

export function Sandbox() {
  const { t } = useTranslation();
  const { mail } = route.useSearch();
  const inbox = useInbox();
  return (
    <Page title={t("sandbox.title")} about={t("sandbox.about")}>
      <Shown
        query={inbox}
        shape={
          <Card flush>
            <Lines many={6} />
          </Card>
        }
      >
        {({ pages }) => {
          const mails = pages.flatMap((page) => page.items.map((item) => item.caught));
          if (mails.length === 0)
            return (
              <Card>
                <Empty icon={IconInbox} title={t("sandbox.none")} todo={t("sandbox.noneDo")} />
              </Card>
            );
          const more = inbox.hasNextPage ? () => void inbox.fetchNextPage() : null;
          return <Both mails={mails} chosen={mail} more={more} />;
        }}
      </Shown>
    </Page>
  );
}

interface BothProps {
  mails: Caught[];
  chosen: number | undefined;
  more: (() => void) | null;
}

function Both({ mails, chosen, more }: BothProps) {
  const { t } = useTranslation();
  const open = chosen !== undefined;
  return (
    <Grid>
      <Grid.Col span={{ base: 12, md: 4 }} visibleFrom={open ? "md" : undefined}>
        <Card flush>
          {mails.map((mail) => (
            <Row key={mail.id} mail={mail} here={mail.id === chosen} />
          ))}
          {more && (
            <Button m="md" size="xs" variant="default" onClick={more}>
              {t("errors.more")}
            </Button>
          )}
        </Card>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }} visibleFrom={open ? undefined : "md"}>
        <Card>
          {open ? (
            <>
              <Button
                component={Link}
                to="/sandbox"
                hiddenFrom="md"
                mb="sm"
                size="xs"
                variant="default"
                leftSection={<IconArrowLeft size={14} aria-hidden />}
              >
                {t("sandbox.back")}
              </Button>
              <Mail id={chosen} />
            </>
          ) : (
            <Text c="dimmed" size="sm">
              {t("sandbox.choose")}
            </Text>
          )}
        </Card>
      </Grid.Col>
    </Grid>
  );
}

function Row({ mail, here }: { mail: Caught; here: boolean }) {
  const { t } = useTranslation();
  const tint = here
    ? "light-dark(var(--mantine-color-ember-0), var(--mantine-color-dark-6))"
    : undefined;
  return (
    <Link
      to="/sandbox"
      search={{ mail: mail.id }}
      className="row-link"
      aria-current={here ? "true" : undefined}
      style={{ borderTop: "1px solid var(--line)", background: tint }}
    >
      <Box px="md" py="xs">
        <Text size="sm" fw={600} className="clip">
          {mail.subject || t("sandbox.noSubject")}
        </Text>
        <Text size="xs" c="dimmed" className="clip">
          {mail.recipients.join(", ")}
        </Text>
        <Text size="xs" c="dimmed">
          <Moment at={mail.received} />
        </Text>
      </Box>
    </Link>
  );
}
