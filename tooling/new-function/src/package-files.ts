import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type NewFunction, camelCase, pascalCase } from "./function-names.ts";

const template = join(import.meta.dirname, "../template");
const variants = ["request-event", "response-event"];

/** Returns the files of a new function package: content by path within the package. */
export function packageFiles({ name, eventType }: NewFunction): ReadonlyMap<string, string> {
  const variant = eventType.endsWith("-request") ? "request-event" : "response-event";
  const common = filesIn(template).filter(
    (path) => !variants.some((each) => path.startsWith(`${each}/`)),
  );
  const entries = [
    ...common.map((path) => [path, join(template, path)] as const),
    ...filesIn(join(template, variant)).map(
      (path) => [path, join(template, variant, path)] as const,
    ),
  ];
  return new Map(
    entries.map(([path, file]) => [
      path.replaceAll("my-function", name),
      filled(readFileSync(file, "utf8"), { name, eventType }),
    ]),
  );
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

function filled(text: string, { name, eventType }: NewFunction): string {
  const article = /^[aeiou]/.test(eventType) ? "an" : "a";
  return text
    .replaceAll("an %event-type%", `${article} ${eventType}`)
    .replaceAll("%event-type%", eventType)
    .replaceAll("EventTypeHandler", `${pascalCase(eventType)}Handler`)
    .replaceAll("eventTypeEvent", `${camelCase(eventType)}Event`)
    .replaceAll("X-My-Function", `X-${headerCase(name)}`)
    .replaceAll("my-function", name)
    .replaceAll("MyFunction", pascalCase(name))
    .replaceAll("myFunction", camelCase(name));
}

function headerCase(name: string): string {
  return name.replace(/(?:^|(?<=-))[a-z]/g, (letter) => letter.toUpperCase());
}
