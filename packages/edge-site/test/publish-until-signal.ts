import { testDistributionId, testDoubleClients } from "aws-test-double";
import { publishPlan } from "../src/publish/publish-plan.ts";
import { publishSite } from "../src/publish/publish-site.ts";

// The process that a test ends by a signal.
const [url = "", folder = "", bucketName = ""] = process.argv.slice(2);
await publishSite(publishPlan(folder, "/assets/*"), {
  ...testDoubleClients(url),
  bucketName,
  distributionId: testDistributionId,
});
