// Who belongs to the workspace, as what, and who is invited.
import { ActionIcon, Badge, Button, Group, Select, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash, IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Invited, Member } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Dangerous } from "@/patterns/Dangerous";
import { Moment } from "@/patterns/Said";
import { Shown } from "@/patterns/Shown";
import { Trouble } from "@/patterns/Trouble";
import { useHere, useMe } from "@/signin/session";
import { Invite } from "./Invite";
import { useGiveRole, useRemove, useTeam, useWithdraw } from "./queries";
import { useRoles } from "./roles";

export function Team() {
  const { t } = useTranslation();
  const team = useTeam();
  const [inviting, invite] = useDisclosure();
  const way = (
    <Button size="xs" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={invite.open}>
      {t("settings.invite")}
    </Button>
  );
  return (
    <Card title={t("settings.members")} actions={way}>
      <Shown query={team}>
        {({ members, invited }) => (
          <Stack gap="sm">
            {members.map((member) => (
              <One key={member.account} member={member} />
            ))}
            {invited.map((one) => (
              <Awaited key={one.account} invited={one} />
            ))}
          </Stack>
        )}
      </Shown>
      <Invite opened={inviting} onClose={invite.close} />
    </Card>
  );
}

function One({ member }: { member: Member }) {
  const { t } = useTranslation();
  const here = useHere();
  const roles = useRoles();
  const give = useGiveRole();
  const itself = useMe().account.id === member.account;
  const path = { ...here.params.path, account: member.account };
  return (
    <Stack gap={4}>
      <Group wrap="wrap" gap="sm">
        <div style={{ flex: "1 1 12rem", minWidth: 0 }}>
          <Text size="sm" fw={600} className="clip">
            {member.name || member.email}
          </Text>
          <Text size="xs" c="dimmed" className="clip">
            {member.email}
          </Text>
        </div>
        <Select
          size="xs"
          w={140}
          aria-label={`${t("settings.roleColumn")}: ${member.name || member.email}`}
          data={roles}
          value={member.role}
          allowDeselect={false}
          disabled={itself || give.isPending}
          onChange={(role) =>
            role && give.mutate({ params: { path }, body: { role: role as Member["role"] } })
          }
        />
        <Leave member={member} disabled={itself} />
      </Group>
      {give.error && <Trouble error={give.error} />}
    </Stack>
  );
}

function Leave({ member, disabled }: { member: Member; disabled: boolean }) {
  const { t } = useTranslation();
  const here = useHere();
  const remove = useRemove();
  const [asking, ask] = useState(false);
  const name = member.name || member.email;
  const path = { ...here.params.path, account: member.account };
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="red"
        disabled={disabled}
        aria-label={`${t("settings.remove")} ${name}`}
        onClick={() => ask(true)}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
      <Dangerous
        opened={asking}
        title={t("settings.removeTitle", { name })}
        act={t("settings.remove")}
        busy={remove.isPending}
        error={remove.error}
        onClose={() => ask(false)}
        onAct={() => remove.mutate({ params: { path } }, { onSuccess: () => ask(false) })}
      >
        {t("settings.removeAbout", { name })}
      </Dangerous>
    </>
  );
}

function Awaited({ invited }: { invited: Invited }) {
  const { t } = useTranslation();
  const here = useHere();
  const withdraw = useWithdraw();
  const path = { ...here.params.path, account: invited.account };
  return (
    <Group wrap="wrap" gap="sm">
      <div style={{ flex: "1 1 12rem", minWidth: 0 }}>
        <Text size="sm" className="clip">
          {invited.email}
        </Text>
        <Text size="xs" c="dimmed">
          {t("settings.expires")} <Moment at={invited.expires} />
        </Text>
      </div>
      <Badge variant="light" color="yellow" tt="none">
        {t("settings.invited")} · {t(`settings.role.${invited.role}`)}
      </Badge>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate({ params: { path } })}
      >
        {t("settings.withdraw")}
      </Button>
    </Group>
  );
}
