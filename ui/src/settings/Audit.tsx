// Who changed what, newest first.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconHistory, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Recorded } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Json } from "@/patterns/Json";
import { Moment, useLanguage } from "@/patterns/Said";
import { Shown } from "@/patterns/Shown";
import { useAudit, useSeal } from "./queries";
import { recordedIn } from "./recorded";

export function Audit() {
  const { t } = useTranslation();
  const audit = useAudit();
  return (
    <Card title={t("settings.audit")} about={t("settings.auditAbout")} actions={<Seal />}>
      <Shown query={audit}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return <Empty icon={IconHistory} title={t("settings.auditNone")} />;
          return (
            <Stack gap="xs">
              {items.map((one) => (
                <One key={one.id} recorded={one} />
              ))}
            </Stack>
          );
        }}
      </Shown>
      {audit.hasNextPage && (
        <Button
          mt="md"
          size="xs"
          variant="default"
          loading={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          {t("errors.more")}
        </Button>
      )}
    </Card>
  );
}

function Seal() {
  const { t } = useTranslation();
  const seal = useSeal();
  if (!seal.data)
    return (
      <Button
        size="xs"
        variant="default"
        loading={seal.isFetching}
        onClick={() => void seal.refetch()}
      >
        {t("settings.sealCheck")}
      </Button>
    );
  return seal.data.whole ? (
    <Alert
      color="green"
      variant="light"
      py={6}
      icon={<IconShieldCheck aria-hidden />}
      role="status"
    >
      {t("settings.sealWhole")}
    </Alert>
  ) : (
    <Alert color="red" variant="light" py={6} icon={<IconShieldX aria-hidden />}>
      {t("settings.sealBroken", { row: seal.data.first_broken })}
    </Alert>
  );
}

function One({ recorded }: { recorded: Recorded }) {
  const { t } = useTranslation();
  const said = recordedIn(recorded, useLanguage());
  const [open, setOpen] = useState(false);
  const detailed = Object.keys(recorded.detail).length > 0;
  return (
    <div>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Text size="sm" className="break" flex={1}>
          <b>{recorded.actor}</b> {said}
        </Text>
        {detailed && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={open}
            aria-label={`${t("people.details")}: ${said}`}
            onClick={() => setOpen(!open)}
          >
            {"{ }"}
          </Button>
        )}
        <Text size="xs" c="dimmed" className="figure">
          <Moment at={recorded.moment} />
        </Text>
      </Group>
      {open && <Json value={recorded.detail} />}
    </div>
  );
}
