// A mail as it looks, on a desk or on a phone, in a frame that may run nothing.
import { Box, SegmentedControl, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

const WIDTHS = { desktop: 720, phone: 375 } as const;
type Width = keyof typeof WIDTHS;

interface Props {
  address: string; // the server shows it there under a policy of its own
  title: string;
  links?: boolean; // they open in a new tab; else a look would count as a click
}

export function Preview({ address, title, links }: Props) {
  const { t } = useTranslation();
  const [width, setWidth] = useState<Width>("desktop");
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        w="fit-content"
        aria-label={t("messages.preview")}
        value={width}
        onChange={(chosen) => setWidth(chosen as Width)}
        data={[
          { value: "desktop", label: t("messages.desktop") },
          { value: "phone", label: t("messages.phone") },
        ]}
      />
      <Box className="scroll-x">
        <iframe
          title={title}
          sandbox={links ? "allow-popups allow-popups-to-escape-sandbox" : ""}
          src={address}
          style={{
            width: "100%",
            maxWidth: WIDTHS[width],
            height: 640,
            border: "1px solid var(--line)",
            borderRadius: 8,
            background: "#fff",
            colorScheme: "light",
          }}
        />
      </Box>
    </Stack>
  );
}
