// Which shop one looks at; another one is another address, so that a link keeps it.
import { Button, Menu, Text } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe, useWorkspace } from "@/signin/session";

export function WorkspaceChoice() {
  const { t } = useTranslation();
  const { workspaces } = useMe();
  const here = useWorkspace();
  if (workspaces.length < 2) {
    return (
      <Text fw={600} size="sm" className="clip" maw={200}>
        {here.name}
      </Text>
    );
  }
  return (
    <Menu position="bottom-start" shadow="md" width={240}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          size="compact-md"
          rightSection={<IconSelector size={14} aria-hidden />}
          aria-label={`${t("frame.workspace")}: ${here.name}`}
          styles={{ label: { maxWidth: 160 } }}
        >
          {here.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {workspaces.map(({ id, name }) => (
          <Menu.Item
            key={id}
            component="a"
            href={`/w/${id}/`}
            rightSection={id === here.id && <IconCheck size={14} aria-hidden />}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
