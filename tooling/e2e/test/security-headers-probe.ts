/** The 22 things that single-page apps do, each tried by the probe page under its name. */
export const probeFeatures = [
  "module script",
  "static import",
  "dynamic import",
  "inline script",
  "inline event handler",
  "stylesheet",
  "style attribute",
  "style by script",
  "style element by script",
  "image",
  "data: image",
  "blob: image",
  "blob: audio",
  "web font",
  "fetch",
  "WebSocket",
  "worker",
  "blob: worker",
  "service worker",
  "iframe",
  "form",
  "WebAssembly",
] as const;

const page = `<!doctype html>
<html lang="en">
<head>
<title>Probe</title>
<link rel="stylesheet" href="/probe.css">
<link rel="modulepreload" href="/imported.js">
<script>window.inlineScriptRan = true;</script>
<script type="module" src="/probe.js"></script>
</head>
<body>
<p id="sheet">a</p>
<p id="attribute" style="color: rgb(4, 5, 6)">a</p>
<button id="handler" onclick="window.handlerRan = true">a</button>
<iframe name="target" hidden></iframe>
</body>
</html>
`;

const frame = `<!doctype html><title>Frame</title><script>parent.postMessage(location.search, "*");</script>`;

const script = `import { imported } from "/imported.js";

const violations = [];
addEventListener("securitypolicyviolation", ({ effectiveDirective }) => violations.push(effectiveDirective));

const colorOf = (id) => getComputedStyle(document.getElementById(id)).color;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const once = (target, good, bad = "error") => new Promise((resolve, reject) => {
  target.addEventListener(good, resolve, { once: true });
  target.addEventListener(bad, () => reject(new Error(bad)), { once: true });
});
// What cannot succeed on this server is allowed where no policy is violated.
const withoutViolation = async (directive, action) => {
  await action().catch(() => {});
  await pause(100);
  return !violations.includes(directive);
};
const image = async (src) => {
  const element = new Image();
  element.src = src;
  await element.decode();
  return true;
};
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
const blobUrl = (content, type) => URL.createObjectURL(new Blob([content], { type }));
const workerAnswer = async (url) => {
  const worker = new Worker(url);
  worker.postMessage(1);
  const { data } = await once(worker, "message");
  return data === 2;
};
// What a frame's page says; nothing where the policy of this page, or that of the frame's, keeps it out.
const messageOf = (frame, directive) => new Promise((resolve) => {
  addEventListener("message", ({ data }) => resolve(data), { once: true });
  addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
    if (effectiveDirective === directive) resolve();
  });
  frame.addEventListener("load", () => frame.contentDocument ?? resolve());
});

const features = {
  "module script": () => true,
  "static import": () => imported,
  "dynamic import": async () => (await import("/chunk.js")).chunk,
  "inline script": () => window.inlineScriptRan,
  "inline event handler": () => {
    document.getElementById("handler").click();
    return window.handlerRan;
  },
  stylesheet: () => colorOf("sheet") === "rgb(1, 2, 3)",
  "style attribute": () => colorOf("attribute") === "rgb(4, 5, 6)",
  "style by script": () => {
    document.getElementById("handler").style.color = "rgb(7, 8, 9)";
    return colorOf("handler") === "rgb(7, 8, 9)";
  },
  "style element by script": () => {
    const element = document.createElement("style");
    element.textContent = "#attribute { margin-left: 17px }";
    document.head.append(element);
    return getComputedStyle(document.getElementById("attribute")).marginLeft === "17px";
  },
  image: () => image("/image.svg"),
  "data: image": () => image("data:image/svg+xml," + encodeURIComponent(svg)),
  "blob: image": () => image(blobUrl(svg, "image/svg+xml")),
  "blob: audio": () => withoutViolation("media-src", async () => {
    const audio = new Audio(blobUrl("not audio", "audio/wav"));
    audio.load();
    await once(audio, "loadedmetadata");
  }),
  "web font": () => withoutViolation("font-src", () => new FontFace("probe", "url(/font.woff2)").load()),
  fetch: async () => (await (await fetch("/data.json")).json()).answer === 42,
  WebSocket: () => withoutViolation("connect-src", async () => {
    await once(new WebSocket(location.origin.replace("http", "ws") + "/socket"), "open");
  }),
  worker: () => workerAnswer("/worker.js"),
  "blob: worker": () => workerAnswer(blobUrl("onmessage = () => postMessage(2);", "text/javascript")),
  "service worker": async () => Boolean(await navigator.serviceWorker.register("/service-worker.js")),
  iframe: async () => {
    const element = document.createElement("iframe");
    element.src = "/frame.html?framed";
    const message = messageOf(element, "frame-src");
    document.body.append(element);
    return (await message) === "?framed";
  },
  form: async () => {
    const form = document.createElement("form");
    form.action = "/frame.html";
    form.target = "target";
    form.innerHTML = '<input name="sent" value="yes">';
    document.body.append(form);
    const message = messageOf(document.getElementsByName("target")[0], "form-action");
    form.submit();
    return (await message) === "?sent=yes";
  },
  WebAssembly: async () => Boolean(await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
};

const working = [];
for (const [name, works] of Object.entries(features)) {
  const before = violations.length;
  try {
    const worked = await Promise.race([works(), pause(5000)]);
    if (worked) working.push(name);
  } catch {}
}
window.probeResult = { working, violations };
`;

/** The probe's site, as a build would leave it: contents by path. */
export const probeSite: Readonly<Record<string, string>> = {
  "index.html": page,
  "frame.html": frame,
  "probe.js": script,
  "imported.js": "export const imported = true;",
  "chunk.js": "export const chunk = true;",
  "probe.css": "#sheet { color: rgb(1, 2, 3) }",
  "image.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
  "font.woff2": "not a font",
  "data.json": '{"answer":42}',
  "worker.js": "onmessage = () => postMessage(2);",
  "service-worker.js": "",
};
