export { type ContentTypeRules, contentTypeOf, mediaTypeOf } from "./content-type.ts";
export { extensionsOf } from "./extensions-of.ts";
export { hasHashedName } from "./has-hashed-name.ts";
export {
  openSiteFolder,
  type SiteFileLookup,
  type SiteFolder,
  type SiteListing,
} from "./open-site-folder.ts";
export type { LeftOutFile, SiteFile } from "./site-entry.ts";
export { everyFile, type SiteFileRules } from "./site-file-rules.ts";
export { type RefusedSiteFile, SiteFilesError } from "./site-files-error.ts";
export { declaredCharset, fileChunks } from "./text-charset.ts";
