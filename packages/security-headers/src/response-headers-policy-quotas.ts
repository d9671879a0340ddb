// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-response-headers-policies
// LE-C-28.
/** How many headers a response headers policy sets beside those that have a place of their own. */
export const maxCustomHeaders = 10;

/** The longest value of a header in a policy. */
export const maxValueCharacters = 1783;

// Users report this quota; the facts do not hold it.
/** How many headers a policy takes away. */
export const maxRemoveHeaders = 10;
