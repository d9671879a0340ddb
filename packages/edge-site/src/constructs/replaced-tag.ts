/** The tag of an object that the site has dropped: the bucket deletes it some days after it was set. */
export const replacedTag = { Key: "cf-edge:replaced", Value: "true" };
