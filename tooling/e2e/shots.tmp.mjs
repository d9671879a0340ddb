import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
const child = spawn(process.execPath, ["/work/wt/inspector/packages/local-cloudfront/src/cli.ts", "/work/wt/inspector/apps/infra/cdk.out", "--port", "0", "--log", "json"], { stdio: ["ignore", "pipe", "inherit"] });
const lines = createInterface({ input: child.stdout });
const ready = await new Promise((r) => lines.once("line", (l) => r(JSON.parse(l))));
console.log(ready.url, ready.inspector);
const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ["--no-sandbox", "--disable-gpu"], headless: true });
try {
  const site = await browser.newPage();
  await site.goto(ready.url + "/notes/1?utm_source=mail"); await site.waitForTimeout(400);
  await site.goto(ready.url + "/notes/2");await site.waitForTimeout(200);
  await site.goto(ready.url + "/notes/2/edit");await site.waitForTimeout(200);
  for (const p of ["/nothing/here", "/assets/none.js", "/", "/old-blog"]) await fetch(ready.url + p, {redirect:"manual", headers: {cookie: "session=abc; theme=dark", authorization: "Bearer xyz"}}).then(r => r.text());
  await fetch(ready.url + "/api/x", {method: "POST", body: "a=1"}).then(r => r.text());
  for (const [scheme, width, height, name] of [["light", 1280, 860, "light"], ["dark", 1280, 860, "dark"], ["light", 390, 844, "phone"], ["dark", 390, 844, "phone-dark"]]) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, deviceScaleFactor: 1 });
    page.on("console", (m) => console.log("console", m.type(), m.text()));
    page.on("pageerror", (e) => console.log("pageerror", e.message));
    await page.goto(ready.inspector);
    await page.waitForSelector(".request-row");
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/shot-${name}-list.png` });
    const pick = async (text, file, full) => {
      await page.locator(".request-row", { hasText: text }).first().click();
      await page.waitForSelector("article");
      await page.waitForTimeout(300);
      await page.screenshot({ path: `/tmp/shot-${name}-${file}.png` });
      if (full) { await page.setViewportSize({ width, height: 2400 }); await page.waitForTimeout(200); await page.screenshot({ path: `/tmp/shot-${name}-${file}-full.png` }); await page.setViewportSize({ width, height }); }
      await page.evaluate(() => { location.hash = ""; });
      await page.waitForTimeout(200);
    };
    await pick("/notes/2", "hit", name === "light" || name === "phone");
    await pick("/notes/1?utm", "miss", name === "light");
    await pick("/nothing/here", "err", false);
    await page.close();
  }
} finally { await browser.close(); child.kill("SIGTERM"); }
