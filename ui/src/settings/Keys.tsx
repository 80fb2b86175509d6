// The keys: listed, made, rotated, revoked; a secret one is shown once.
import { Alert, Badge, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Key } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Dangerous } from "@/patterns/Dangerous";
import { Moment, useNow } from "@/patterns/Said";
import { Secret } from "@/patterns/Secret";
import { Shown } from "@/patterns/Shown";
import { NewKey } from "./NewKey";
import { useHere } from "@/signin/session";
import { useKeys, useRevokeKey, useRotateKey } from "./queries";

export function Keys() {
  const { t } = useTranslation();
  const keys = useKeys();
  const [making, make] = useDisclosure();
  const [fresh, setFresh] = useState<string>();
  const way = (
    <Button size="xs" leftSection={<IconKey size={16} aria-hidden />} onClick={make.open}>
      {t("settings.newKey")}
    </Button>
  );
  return (
    <Card title={t("settings.keys")} about={t("settings.keysAbout")} actions={way}>
      <Shown query={keys}>
        {(data) => (
          <Stack gap="md">
            {data.keys.map((key) => (
              <One key={key.id} held={key} onFresh={setFresh} />
            ))}
          </Stack>
        )}
      </Shown>
      <NewKey opened={making} onClose={make.close} onMade={setFresh} />
      <Once text={fresh} onClose={() => setFresh(undefined)} />
    </Card>
  );
}

function Once({ text, onClose }: { text: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={text !== undefined}
      onClose={onClose}
      closeOnClickOutside={false}
      title={<Text fw={650}>{t("settings.newKey")}</Text>}
      centered
      closeButtonProps={{ "aria-label": t("errors.close") }}
    >
      <Stack>
        <Alert color="yellow" variant="light">
          {t("settings.keyOnce")}
        </Alert>
        {text && <Secret text={text} />}
        <Button onClick={onClose}>{t("errors.close")}</Button>
      </Stack>
    </Modal>
  );
}

function One({ held, onFresh }: { held: Key; onFresh: (text: string) => void }) {
  const { t } = useTranslation();
  const now = useNow(60_000);
  const over = held.revoked !== null || (held.expires !== null && new Date(held.expires) <= now);
  return (
    <Group gap="sm" align="flex-start">
      <div style={{ flex: "1 1 16rem", minWidth: 0, opacity: over ? 0.75 : 1 }}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {held.name}
          </Text>
          <Badge
            size="sm"
            variant="light"
            color={held.kind === "public" ? "green" : "gray"}
            tt="none"
          >
            {t(`settings.kind.${held.kind}`)}
          </Badge>
          {held.revoked && (
            <Badge size="sm" variant="light" color="red" tt="none">
              {t("settings.revoked")}
            </Badge>
          )}
        </Group>
        {held.kind === "public" && !over ? (
          <Secret text={held.shown} />
        ) : (
          <Text className="code break">{held.shown}</Text>
        )}
        <Text size="xs" c="dimmed">
          {t("settings.created")} <Moment at={held.created} />
          {held.expires && (
            <>
              {" "}
              · {t("settings.expires")} <Moment at={held.expires} />
            </>
          )}
          {held.scopes.length > 0 && (
            <>
              {" "}
              · {t("settings.scopes")}:{" "}
              {held.scopes.map((scope) => t(`settings.scope_${scope}`)).join(", ")}
            </>
          )}
        </Text>
      </div>
      {!over && <Acts held={held} onFresh={onFresh} />}
    </Group>
  );
}

function Acts({ held, onFresh }: { held: Key; onFresh: (text: string) => void }) {
  const { t } = useTranslation();
  const here = useHere();
  const [asking, ask] = useState<"rotate" | "revoke">();
  const rotate = useRotateKey();
  const revoke = useRevokeKey();
  const close = () => ask(undefined);
  const params = { path: { ...here.params.path, key: held.id } };
  const name = held.name;
  return (
    <Group gap={4}>
      <Button size="compact-sm" variant="default" onClick={() => ask("rotate")}>
        {t("settings.rotate")}
      </Button>
      <Button size="compact-sm" variant="subtle" color="red" onClick={() => ask("revoke")}>
        {t("settings.revoke")}
      </Button>
      <Dangerous
        opened={asking === "rotate"}
        colour="ember"
        title={t("settings.rotateTitle", { name })}
        act={t("settings.rotate")}
        busy={rotate.isPending}
        error={rotate.error}
        onClose={close}
        onAct={() =>
          rotate.mutate(
            { params },
            {
              onSuccess: ({ text }) => {
                close();
                onFresh(text);
              },
            },
          )
        }
      >
        {t("settings.rotateAbout")}
      </Dangerous>
      <Dangerous
        opened={asking === "revoke"}
        name={name}
        title={t("settings.revokeTitle", { name })}
        act={t("settings.revoke")}
        busy={revoke.isPending}
        error={revoke.error}
        onClose={close}
        onAct={() => revoke.mutate({ params }, { onSuccess: close })}
      >
        {t("settings.revokeAbout")}
      </Dangerous>
    </Group>
  );
}
