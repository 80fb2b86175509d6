// What can be done to a segment besides editing it: each says first what it touches.
import { ActionIcon, Button, Menu, Stack, Text } from "@mantine/core";
import {
  IconArchive,
  IconArrowBackUp,
  IconDots,
  IconPlayerPlay,
  IconTrash,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SegmentPage } from "@/api/schema";
import { Dangerous } from "@/patterns/Dangerous";
import { useLanguage } from "@/patterns/Said";
import { tell } from "@/patterns/tell";
import { Publish } from "./Publish";
import { useArchive, useDiscard, useGoBack, useOne } from "./queries";
import type { Segment } from "./segment";
import { nameOf } from "./Segments";
import { Users } from "./UsedBy";

type Act = "publish" | "go back" | "archive" | "discard";

export function Acts({ page }: { page: SegmentPage }) {
  const { t } = useTranslation();
  const [asking, ask] = useState<Act>();
  const { line, draft, versions } = page;
  const inForce = line.state === "published";
  const never = versions.every(({ state }) => state === "draft");
  const earlier = versions.filter(({ state }) => state === "archived").length > 0;
  const close = () => ask(undefined);
  const name = nameOf(line, useLanguage());
  return (
    <>
      {(!inForce || draft) && (
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={() => ask("publish")}
        >
          {t("segments.publish")}
        </Button>
      )}
      {(inForce || never) && (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t("segments.more")}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {inForce && earlier && (
              <Menu.Item
                leftSection={<IconArrowBackUp size={16} aria-hidden />}
                onClick={() => ask("go back")}
              >
                {t("segments.goBack")}
              </Menu.Item>
            )}
            {inForce && (
              <Menu.Item
                color="red"
                leftSection={<IconArchive size={16} aria-hidden />}
                onClick={() => ask("archive")}
              >
                {t("segments.archive")}
              </Menu.Item>
            )}
            {never && (
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => ask("discard")}
              >
                {t("segments.discard")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      <Publish
        opened={asking === "publish"}
        name={name}
        id={line.id}
        condition={((draft ?? page.document) as unknown as Segment).when}
        line={line}
        close={close}
      />
      <GoBack page={page} opened={asking === "go back"} close={close} />
      <Archive page={page} opened={asking === "archive"} close={close} />
      <Discard page={page} opened={asking === "discard"} close={close} />
    </>
  );
}

interface Props {
  page: SegmentPage;
  opened: boolean;
  close: () => void;
}

function GoBack({ page: { line }, opened, close }: Props) {
  const { t } = useTranslation();
  const goBack = useGoBack();
  const one = useOne(line.id);
  return (
    <Dangerous
      opened={opened}
      colour="ember"
      title={t("segments.goBackTitle")}
      act={t("segments.goBack")}
      busy={goBack.isPending}
      error={goBack.error}
      onClose={close}
      onAct={() => goBack.mutate(one, { onSuccess: () => said(t("segments.wentBack"), close) })}
    >
      {t("segments.goBackAbout")}
    </Dangerous>
  );
}

function Archive({ page: { line }, opened, close }: Props) {
  const { t } = useTranslation();
  const archive = useArchive();
  const one = useOne(line.id);
  const name = nameOf(line, useLanguage());
  const used = line.used_by.length > 0;
  return (
    <Dangerous
      opened={opened}
      title={t("segments.archiveTitle", { name })}
      act={t("segments.archive")}
      name={name}
      busy={archive.isPending}
      error={archive.error}
      onClose={close}
      onAct={() => archive.mutate(one, { onSuccess: () => said(t("segments.archived"), close) })}
    >
      <Stack gap="xs">
        <Text size="sm">{t(used ? "segments.archiveUsed" : "segments.archiveAbout")}</Text>
        {used && <Users users={line.used_by} />}
      </Stack>
    </Dangerous>
  );
}

function Discard({ page: { line }, opened, close }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const discard = useDiscard();
  const one = useOne(line.id);
  const name = nameOf(line, useLanguage());
  return (
    <Dangerous
      opened={opened}
      title={t("segments.discardTitle", { name })}
      act={t("segments.discard")}
      name={name}
      busy={discard.isPending}
      error={discard.error}
      onClose={close}
      onAct={() => discard.mutate(one, { onSuccess: () => void navigate({ to: "/segments" }) })}
    >
      {t("segments.discardAbout")}
    </Dangerous>
  );
}

function said(message: string, close: () => void): void {
  close();
  tell(message);
}
