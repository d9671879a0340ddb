import otherTypes from "mime/types/other.js";
import standardTypes from "mime/types/standard.js";

/**
 * Returns the extensions of the files that have a media type, without their dots: `html`, `htm` and `shtml` for
 * `text/html`. `image/*` stands for all types of images.
 *
 * @param mediaType In lower case.
 */
export function extensionsOf(mediaType: string): readonly string[] {
  const isOfType = (type: string): boolean =>
    mediaType.endsWith("/*") ? type.startsWith(mediaType.slice(0, -1)) : type === mediaType;
  const found = Object.entries({ ...otherTypes, ...standardTypes })
    .filter(([type]) => isOfType(type))
    .flatMap(([, extensions]) => extensions)
    // The library marks an extension that is another type's first of all.
    .filter((extension) => !extension.startsWith("*"));
  return [...new Set(found)];
}
