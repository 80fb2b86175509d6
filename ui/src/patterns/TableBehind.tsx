// The table behind a chart: folded away, and to be taken along as a file.
import { Box, Button, Group, Table, Text } from "@mantine/core";
import { IconDownload, IconTable } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { csv, type Plain } from "./csv";

export interface Cell {
  plain: Plain; // in the file
  shown?: string; // here, when it reads otherwise
  hover?: string; // what it is a share of
}

interface Props {
  name: string; // of the file
  head: readonly string[]; // the first column is text, the others are figures
  rows: readonly (readonly Cell[])[];
}

export function TableBehind({ name, head, rows }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Box>
      <Group gap="xs" ml={-8}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconTable size={15} aria-hidden />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t(open ? "errors.hideTable" : "errors.table")}
        </Button>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => save(`${name}.csv`, csv(head, rows.map(plain)))}
        >
          {t("errors.export")}
        </Button>
      </Group>
      {open && <Shown head={head} rows={rows} />}
    </Box>
  );
}

function Shown({ head, rows }: Omit<Props, "name">) {
  return (
    <Box className="scroll-x" tabIndex={0} mt="xs">
      <Table horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {head.map((title, place) => (
              <Table.Th key={title} className={place ? "figure" : undefined}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row[0]?.plain}>
              {row.map(({ plain, shown, hover }, place) => (
                <Table.Td key={head[place]} className={place ? "figure" : undefined}>
                  <Text size="sm" title={hover} span>
                    {shown ?? plain}
                  </Text>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function plain(row: readonly Cell[]): Plain[] {
  return row.map((cell) => cell.plain);
}

function save(name: string, text: string): void {
  const place = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: place, download: name });
  link.click();
  URL.revokeObjectURL(place);
}
