import { render } from "preact";
import { followHash } from "./data/selection.ts";
import { listen } from "./data/listen.ts";
import { InspectorPage } from "./frame/inspector-page.tsx";

const root = document.querySelector("#inspector");
if (root !== null) {
  followHash();
  listen();
  render(<InspectorPage />, root);
}
