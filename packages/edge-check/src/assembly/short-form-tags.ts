import type { CollectionTag, ScalarTag } from "yaml";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const shortForms =
  "And Base64 Cidr Equals FindInMap GetAtt GetAZs If ImportValue Join Length Not Or Select Split Sub ToJsonString Transform".split(
    " ",
  );

const longNames = new Map([
  ...shortForms.map((name) => [name, `Fn::${name}`] as const),
  ["Ref", "Ref"],
  ["Condition", "Condition"],
]);

/** `!Sub "…"` becomes `{ "Fn::Sub": "…" }`, whether its argument is a text, a list or a map. */
export const shortFormTags = [...longNames].flatMap(
  ([shortName, longName]): (ScalarTag | CollectionTag)[] => {
    const tag = `!${shortName}`;
    return [
      { tag, resolve: (text) => ({ [longName]: text }) },
      { tag, collection: "seq", resolve: (list) => ({ [longName]: list.toJSON() }) },
      { tag, collection: "map", resolve: (map) => ({ [longName]: map.toJSON() }) },
    ];
  },
);
