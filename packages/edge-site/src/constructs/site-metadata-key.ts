/** The bucket's metadata in the template from which the local CloudFront learns the bucket's content. */
export const siteMetadataKey = "cf-edge:site";
