// What stands around every page: the rail, the bar at the top, on a phone the bar at the bottom.
import { AppShell, Box, Group } from "@mantine/core";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AccountMenu } from "./AccountMenu";
import { Brand } from "./Brand";
import { Bar, Rail } from "./Rail";
import { Search } from "./Search";
import { Status } from "./Status";
import { WorkspaceChoice } from "./WorkspaceChoice";

export function Frame() {
  const { t } = useTranslation();
  const main = useRef<HTMLElement>(null);
  useFocusOnNewPage(main);
  return (
    <AppShell
      transitionDuration={0} // else the page stands under the rail first and slides, charts with it
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: "sm", collapsed: { mobile: true } }}
      footer={{ height: { base: 60, sm: 0 } }}
      padding={{ base: "md", sm: "xl" }}
    >
      <a className="skip" href="#page">
        {t("frame.skip")}
      </a>
      <AppShell.Header px={{ base: "sm", sm: "md" }} bg="var(--surface)">
        <Group h="100%" gap="sm" wrap="nowrap">
          <Group visibleFrom="sm" w={184}>
            <Brand small />
          </Group>
          <WorkspaceChoice />
          <Search />
          <Group gap="xs" wrap="nowrap" ml="auto">
            <Status />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar bg="var(--surface)" visibleFrom="sm">
        <Rail />
      </AppShell.Navbar>
      <AppShell.Main id="page" ref={main} tabIndex={-1} style={{ outline: "none" }}>
        <Box maw={1240} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" bg="var(--surface)">
        <Bar />
      </AppShell.Footer>
    </AppShell>
  );
}

/** A screen reader begins at the page, not at the rail, after each change of page. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [path, main]);
}
