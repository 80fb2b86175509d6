// Everything that is set once: one tab a subject, the tab stands in the address bar.
import { Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "@/patterns/Page";
import { useMay } from "@/signin/session";
import { Account } from "./Account";
import { Audit } from "./Audit";
import { Keys } from "./Keys";
import { Night } from "./Night";
import { Sender } from "./Sender";
import { StopSending } from "./StopSending";
import { Team } from "./Team";
import type { settings } from "./words";
import { WorkspaceForm } from "./WorkspaceForm";

const route = getRouteApi("/settings");

type Tab = keyof typeof settings.tab;
const TABS: Record<Tab, { part: ComponentType; owner?: boolean }> = {
  workspace: { part: WorkspaceForm },
  sender: { part: Sender },
  team: { part: Team, owner: true },
  keys: { part: Keys, owner: true },
  stop: { part: StopSending },
  night: { part: Night, owner: true },
  audit: { part: Audit, owner: true },
  account: { part: Account },
};

export function Settings() {
  const { t } = useTranslation();
  const owner = useMay("owner");
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const shown = (Object.keys(TABS) as Tab[]).filter((one) => owner || !TABS[one].owner);
  const here = shown.find((one) => one === tab) ?? "workspace";
  return (
    <Page title={t("settings.title")}>
      <Tabs
        value={here}
        onChange={(to) => void navigate({ search: to ? { tab: to } : {} })}
        keepMounted={false}
      >
        <Tabs.List mb="lg" className="tabs">
          {shown.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`settings.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown.map((one) => {
          const Part = TABS[one].part;
          return (
            <Tabs.Panel key={one} value={one}>
              <Part />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Page>
  );
}
