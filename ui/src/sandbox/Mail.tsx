// One caught mail: as it looks, its plain text, its headers, and where its links lead.
import { Anchor, Stack, Table, Tabs, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OpenedMail } from "@/api/schema";
import { Preview } from "@/messages/Preview";
import { Facts } from "@/patterns/Facts";
import { Moment } from "@/patterns/Said";
import { Shown } from "@/patterns/Shown";
import { useWorkspace } from "@/signin/session";
import { mailAddress, useMail } from "./queries";

export function Mail({ id }: { id: number }) {
  const mail = useMail(id);
  return <Shown query={mail}>{(data) => <Opened mail={data} />}</Shown>;
}

function Opened({ mail: { mail, headers, text, links, has_html } }: { mail: OpenedMail }) {
  const { t } = useTranslation();
  const { caught, key } = mail;
  const { id } = useWorkspace();
  return (
    <Stack gap="md">
      <Title order={2} fz={18} className="break">
        {caught.subject || t("sandbox.noSubject")}
      </Title>
      <Facts
        facts={[
          [t("sandbox.from"), caught.sender],
          [t("sandbox.to"), caught.recipients.join(", ")],
          [t("sandbox.received"), <Moment key="received" at={caught.received} />],
          [
            t("messages.what"),
            <Anchor
              key="message"
              component={Link}
              to={`/messages/story?key=${encodeURIComponent(key)}`}
              size="sm"
            >
              {t("sandbox.toMessage")}
            </Anchor>,
          ],
        ]}
      />
      <Tabs defaultValue={has_html ? "html" : "text"} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="html">{t("sandbox.html")}</Tabs.Tab>
          <Tabs.Tab value="text">{t("sandbox.text")}</Tabs.Tab>
          <Tabs.Tab value="headers">{t("sandbox.headers")}</Tabs.Tab>
          <Tabs.Tab value="links">
            {t("sandbox.links")} ({links.length})
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="html">
          {has_html ? (
            <Preview address={mailAddress(id, caught.id)} title={t("sandbox.body")} links />
          ) : (
            <Text c="dimmed">{t("sandbox.noHtml")}</Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="text">
          {text ? (
            <pre className="code">{text}</pre>
          ) : (
            <Text c="dimmed">{t("sandbox.noText")}</Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="headers">
          <Headers headers={headers} />
        </Tabs.Panel>
        <Tabs.Panel value="links">
          <Links links={links} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function Headers({ headers }: { headers: OpenedMail["headers"] }) {
  return (
    <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing="xs">
      <Table.Tbody>
        {headers.map(({ name, value }, place) => (
          <Table.Tr key={place}>
            <Table.Th className="code" style={{ verticalAlign: "top", whiteSpace: "nowrap" }}>
              {name}
            </Table.Th>
            <Table.Td className="code break">{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Links({ links }: { links: OpenedMail["links"] }) {
  const { t } = useTranslation();
  if (links.length === 0) return <Text c="dimmed">{t("sandbox.noLinks")}</Text>;
  return (
    <Stack gap="xs">
      {links.map(({ url, text }, place) => (
        <div key={place}>
          <Text size="sm" fw={600}>
            {text || "–"}
          </Text>
          <Anchor href={url} target="_blank" rel="noopener noreferrer" size="sm" className="break">
            {url}
          </Anchor>
        </div>
      ))}
    </Stack>
  );
}
