// How the admin UI is built: into the Python package, where the web role serves it.
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const backEnd = process.env.INNESCO_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "../src/innesco/_ui",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the page's policy allows no font or script from a data: address
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": backEnd } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
