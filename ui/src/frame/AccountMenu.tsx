// Who is signed in, how it should look, and the way out.
import { ActionIcon, Avatar, Box, Menu, Text, VisuallyHidden } from "@mantine/core";
import { IconLogout, IconUserCog } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe, useSignOut } from "@/signin/session";
import { LanguageChoice, SchemeChoice } from "./Choices";

export function AccountMenu() {
  const { t } = useTranslation();
  const { account } = useMe();
  const signOut = useSignOut();
  return (
    <Menu width={290} position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" radius="xl" size={38}>
          <Avatar size={32} name={account.name || account.email} color="ember" />
          <VisuallyHidden>{t("frame.account")}</VisuallyHidden>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Box px="sm" py="xs">
          <Text fw={600} size="sm" className="clip">
            {account.name || account.email}
          </Text>
          <Text size="xs" c="dimmed" className="clip">
            {account.email}
          </Text>
        </Box>
        <Menu.Divider />
        <Box px="sm" py={6}>
          <Text size="xs" c="dimmed" mb={4}>
            {t("frame.language")}
          </Text>
          <LanguageChoice />
        </Box>
        <Box px="sm" py={6}>
          <Text size="xs" c="dimmed" mb={4}>
            {t("frame.scheme")}
          </Text>
          <SchemeChoice />
        </Box>
        <Menu.Divider />
        <Menu.Item
          renderRoot={(props) => <Link to="/settings" search={{ tab: "account" }} {...props} />}
          leftSection={<IconUserCog size={16} aria-hidden />}
        >
          {t("settings.tab.account")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => signOut.mutate()}
        >
          {t("frame.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
