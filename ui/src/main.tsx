// Where the admin UI starts: words, theme, queries, and then whoever is signed in.
import "@fontsource-variable/inter";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./look/look.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { queries } from "./api/queries";
import { theme, variables } from "./look/theme";
import { languageNow } from "./words/speak";

document.documentElement.lang = languageNow();

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <Notifications position="bottom-center" />
        <App />
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
