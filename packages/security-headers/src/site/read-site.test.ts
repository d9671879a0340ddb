import { describe, expect, it } from "vitest";
import { readSite } from "./read-site.ts";

/** `directive source` of all that a file does. */
function loadsIn(path: string, content: string): readonly string[] {
  const { loads } = readSite({ [path]: content });
  return [...new Set(loads.map(({ directive, source }) => `${directive} ${source}`))];
}

describe("what a script loads", () => {
  it.each([
    ['fetch("https://api.example/a")', ["connect-src https://api.example"]],
    ["fetch('/a')", ["connect-src 'self'"]],
    ["fetch(somewhere)", ["connect-src 'self'"]],
    ["window.fetch(`https://api.example/${id}`)", ["connect-src https://api.example"]],
    ['const b="https://api.example";fetch(b+"/a")', ["connect-src https://api.example"]],
    [
      "const b='https://api.example';const f=p=>fetch(`${b}/${p}`);f(1)",
      ["connect-src https://api.example"],
    ],
    ['var b="https://api.example";fetch("".concat(b,"/a"))', ["connect-src https://api.example"]],
    ['fetch("https://api.example/".concat(id))', ["connect-src https://api.example"]],
    ['const c={api:"https://api.example"};fetch(c.api+"/a")', ["connect-src https://api.example"]],
    ['fetch(new URL("/a","https://api.example"))', ["connect-src https://api.example"]],
    ['fetch(new Request("https://api.example"))', ["connect-src https://api.example"]],
    [
      'fetch(dev?"http://localhost:3000":"https://api.example")',
      ["connect-src http://localhost:3000", "connect-src https://api.example"],
    ],
    ['const get=u=>fetch(u);get("https://api.example/a")', ["connect-src https://api.example"]],
    [
      "function get(u){return fetch(u)}get('https://api.example/a')",
      ["connect-src https://api.example"],
    ],
    ['function f(fetch){fetch("https://x.example")}', []],
    ['x({image:"https://photos.example/a.jpg?w=2"})', ["img-src https://photos.example"]],
    ['L.tileLayer("https://{s}.tile.example/{z}/{x}/{y}.png")', ["img-src https://*.tile.example"]],
    ['u("https://stream.example/live.m3u8")', ["connect-src https://stream.example"]],
    ['createClient("https://api.example")', ["connect-src https://api.example"]],
    ['u("https://x.example/api/notes")', ["connect-src https://x.example"]],
    ['axios.defaults.baseURL="https://x.example"', ["connect-src https://x.example"]],
    [
      'Sentry.init({dsn:"https://key@o1.ingest.example/1"})',
      ["connect-src https://o1.ingest.example"],
    ],
    [
      'var u="https://js.pay.example/v3",s=document.createElement("script");s.src="".concat(u).concat(q)',
      ["script-src https://js.pay.example"],
    ],
    ['const link="https://docs.example/api/fs.html",home="https://x.example"', []],
    ['new WebSocket("wss://ws.example/a")', ["connect-src wss://ws.example"]],
    ['new WebSocket("https://ws.example/a")', ["connect-src wss://ws.example"]],
    ['new EventSource("https://e.example/a")', ["connect-src https://e.example"]],
    ['new WebTransport("https://t.example:4433/a")', ["connect-src https://t.example:4433"]],
    ['navigator.sendBeacon("https://b.example/a",x)', ["connect-src https://b.example"]],
    ['x.open("GET","https://x.example/a")', ["connect-src https://x.example"]],
    ['x.open("POST",u)', ["connect-src 'self'"]],
    ['window.open("https://other.example")', []],
    ['axios.get("https://api.example/a")', ["connect-src https://api.example"]],
    ['this.http.post("https://api.example/a",{})', ["connect-src https://api.example"]],
    ['axios.create({baseURL:"https://api.example"})', ["connect-src https://api.example"]],
    ['new ApolloClient({uri:"https://gql.example/graphql"})', ["connect-src https://gql.example"]],
    ["map.get('key')", []],
    ['import("https://cdn.example/a.js")', ["script-src https://cdn.example"]],
    ['import "https://cdn.example/a.js"', ["script-src https://cdn.example"]],
    ['export * from "https://cdn.example/a.js"', ["script-src https://cdn.example"]],
    ['import("./a.js")', []],
    [
      'const s=document.createElement("script");s.src="https://cdn.example/a.js"',
      ["script-src https://cdn.example"],
    ],
    [
      '(function(d,t){var j=d.createElement(t);j.src="https://tag.example/?id="+i})(document,"script")',
      ["script-src https://tag.example"],
    ],
    [
      'const s=document.createElement("link");s.href="https://css.example/a.css"',
      ["style-src https://css.example"],
    ],
    ['const i=new Image;i.src="https://px.example/a.gif"', ["img-src https://px.example"]],
    ['el.src="https://img.example/a.png"', ["img-src https://img.example"]],
    ['i.setAttribute("src","https://img.example/a.png")', ["img-src https://img.example"]],
    ['new Audio("https://a.example/a.mp3")', ["media-src https://a.example"]],
    ['new FontFace("A","url(https://f.example/a.woff2)")', ["font-src https://f.example"]],
    ['new Worker("https://w.example/a.js")', ["worker-src https://w.example"]],
    ['new Worker(new URL("./a.js",import.meta.url))', ["worker-src 'self'"]],
    ["new Worker(URL.createObjectURL(b))", ["worker-src blob:"]],
    ['navigator.serviceWorker.register("/sw.js")', ["worker-src 'self'"]],
    ['importScripts("https://w.example/a.js")', ["script-src https://w.example"]],
    ['jsx("img",{src:"https://img.example/a.png"})', ["img-src https://img.example"]],
    ['h("iframe",{src:"https://f.example"})', ["frame-src https://f.example"]],
    ['e("form",{action:"https://pay.example",children:1})', ["form-action https://pay.example"]],
    ['e("a",{href:"https://elsewhere.example"})', []],
    ['const t=[["src","https://img.example/a.png",1,"hero"]]', ["img-src https://img.example"]],
    ['const t=`<video src="https://v.example/a.mp4"></video>`', ["media-src https://v.example"]],
    ["const t=\"<p><img src='//img.example/a.png'></p>\"", ["img-src https://img.example"]],
    ["const t=\"<a href='https://elsewhere.example'>\"", []],
    ['const logo="data:image/svg+xml,%3csvg/%3e"', ["img-src data:"]],
    ["WebAssembly.instantiateStreaming(r)", ["script-src 'wasm-unsafe-eval'"]],
    ["eval(code)", ["script-src 'unsafe-eval'"]],
    ["new Function(code)", ["script-src 'unsafe-eval'"]],
    ['Function("return this")()', []],
    ['document.createElement("style")', ["style-src-elem 'unsafe-inline'"]],
    ['const ns="http://www.w3.org/2000/svg";throw Error("https://docs.example/errors/"+n)', []],
    ['rel.supports("modulepreload");fetch(link.href,o)', []],
    ["not JavaScript at all {", []],
    ['io("wss://socket.example/a")', ["connect-src wss://socket.example"]],
    ["css`background:url(https://img.example/a.png)`", ["img-src https://img.example"]],
  ])("%s: %j", (code, expected) => {
    expect(loadsIn("/a.js", code)).toEqual(expected);
    expect(loadsIn("/a.html", `<script>${code}</script>`)).toEqual(expected);
  });
});

describe("what a style sheet loads", () => {
  it.each([
    [
      "@font-face{font-family:A;src:url(https://f.example/a.woff2) format('woff2')}",
      ["font-src https://f.example"],
    ],
    [
      "@font-face{src:url(/a.woff2),url(data:font/woff2;base64,AA)}",
      ["font-src 'self'", "font-src data:"],
    ],
    ['a{background:url("https://img.example/a(1).png")}', ["img-src https://img.example"]],
    ["a{background:url(//img.example/a.png)}", ["img-src https://img.example"]],
    ["a{background:url('data:image/svg+xml;utf8,<svg/>')}", ["img-src data:"]],
    ['@import "https://css.example/a.css";', ["style-src https://css.example"]],
    ["@import url(https://css.example/a.css) screen;", ["style-src https://css.example"]],
    ["/* url(https://old.example/a.png) */a{}", []],
    ["a{filter:url(#blur)}", []],
    [
      "@import url(https://fonts.googleapis.com/css2?family=Inter);",
      ["style-src https://fonts.googleapis.com", "font-src https://fonts.gstatic.com"],
    ],
    [
      'a{background:image-set("https://one.example/1.png" 1x,url(https://two.example/2.png) 2x)}',
      ["img-src https://one.example", "img-src https://two.example"],
    ],
  ])("%s: %j", (css, expected) => {
    expect(loadsIn("/a.css", css)).toEqual(expected);
    expect(loadsIn("/a.html", `<style>${css}</style>`)).toEqual(expected);
  });
});

describe("what a page loads", () => {
  it.each([
    ['<link rel="stylesheet" href="https://css.example/a">', ["style-src https://css.example"]],
    ['<link rel="preload" as="font" href="https://f.example/a">', ["font-src https://f.example"]],
    ['<link rel="preconnect" href="https://p.example">', []],
    ['<link rel="icon" href="data:,">', ["img-src data:"]],
    ['<link rel="manifest" href="/m.json">', ["manifest-src 'self'"]],
    [
      '<img srcset="https://a.example/1.png 1x, https://b.example/2.png 2x">',
      ["img-src https://a.example", "img-src https://b.example"],
    ],
    [
      '<picture><source srcset="https://a.example/1.webp"></picture>',
      ["img-src https://a.example"],
    ],
    [
      '<video poster="https://a.example/1.png"><source src="https://v.example/a.mp4"></video>',
      ["img-src https://a.example", "media-src https://v.example"],
    ],
    ['<iframe src="https://f.example"></iframe>', ["frame-src https://f.example"]],
    ['<iframe src="about:blank"></iframe>', []],
    [
      '<form action="https://pay.example"><button formaction="https://b.example">',
      ["form-action https://pay.example", "form-action https://b.example"],
    ],
    ['<object data="https://o.example/a.pdf"></object>', ["object-src https://o.example"]],
    ['<svg><image xlink:href="https://a.example/1.png"/></svg>', ["img-src https://a.example"]],
    ['<p style="background:url(https://a.example/1.png)">', ["img-src https://a.example"]],
    ['<script type="application/json">fetch("https://a.example")</script>', []],
    ['<a href="https://elsewhere.example">', []],
    [
      '<script type="importmap">{"imports":{"a":"https://esm.example/a.js","b":"/b.js"}}</script>',
      ["script-src https://esm.example"],
    ],
    [
      '<iframe srcdoc="<img src=&quot;https://img.example/a.png&quot;>"></iframe>',
      ["img-src https://img.example"],
    ],
  ])("%s: %j", (html, expected) => {
    expect(loadsIn("/index.html", html)).toEqual(expected);
  });
});
