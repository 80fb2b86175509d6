// The drawing's numbers as a table, for whoever reads rather than looks.
import { Box, Button, Table } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NodeCounts } from "@/api/schema";
import { useLanguage } from "@/patterns/Said";
import { count } from "@/reading/money";
import type { Journey } from "./journey";
import { STEP_VIEWS } from "./StepBox";
import { ways } from "./journey";
import { tellNode, tellWay, type Told } from "./telling";

interface Props {
  journey: Journey;
  counts: Record<string, NodeCounts>;
  told: Told;
}

export function StepTable({ journey, counts, told }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <Box mt="xs">
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t("journeys.asTable")}
      </Button>
      {open && (
        <Box className="scroll-x">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("journeys.step")}</Table.Th>
                <Table.Th className="figure">{t("journeys.cameColumn")}</Table.Th>
                <Table.Th className="figure">{t("journeys.waitingColumn")}</Table.Th>
                <Table.Th className="figure">{t("journeys.wentColumn")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {Object.entries(journey.nodes).map(([name, node]) => (
                <Table.Tr key={name}>
                  <Table.Td>
                    {t(STEP_VIEWS[node.type].word)}:{" "}
                    {tellNode(name, node, told, { say: t, language })}
                  </Table.Td>
                  <Table.Td className="figure">{count(counts[name]?.came ?? 0, language)}</Table.Td>
                  <Table.Td className="figure">
                    {count(counts[name]?.waiting ?? 0, language)}
                  </Table.Td>
                  <Table.Td className="figure">
                    {ways(node).map(([way]) => (
                      <div key={way}>
                        {tellWay(way, counts[name]?.ways ?? {}, { say: t, language })}
                      </div>
                    ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
      )}
    </Box>
  );
}
