const partition = 'aws|aws-us-gov|aws-cn';
const region = '[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\\d{1,2}';
const model =
	'[a-z][a-z0-9-]{1,40}\\.[A-Za-z0-9](?:[A-Za-z0-9._-]{0,120}[A-Za-z0-9])?(?::\\d{1,4}(?::[a-z0-9]{1,10})?)?';
const profile = `(?:global|us-gov|[a-z]{2,5})\\.${model}`;

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);
const regionPattern = whole(region);
export const accountPattern = /^\d{12}$/;
export const profilePattern = whole(profile);
const modelPattern = whole(model);
export const modelArnPattern = new RegExp(`^arn:(${partition}):bedrock:(${region}|)::foundation-model/(${model})$`);
export const profileArnPattern = new RegExp(
	`^arn:(${partition}):bedrock:(${region}):(\\d{12}):((?:application-)?inference-profile)/(${profile}|[a-z0-9]{12})$`,
);
export const otherArnPattern = new RegExp(
	`^arn:(?:${partition}):(?:bedrock:${region}:\\d{12}:(?:provisioned-model|(?:default-)?prompt-router)/[A-Za-z0-9](?:[A-Za-z0-9._:-]{0,100}[A-Za-z0-9])?|bedrock-mantle:${region}:\\d{12}:project/[A-Za-z0-9_-]{1,64})$`,
);

/** Whether this is nothing but the ARN of a Bedrock model, profile, router or project. */
export const isBedrockArn = (arn: string): boolean =>
	modelArnPattern.test(arn) || profileArnPattern.test(arn) || otherArnPattern.test(arn);

export const isRegion = (name: string): boolean => regionPattern.test(name);

/** Whether this is nothing but an id that can be called: of a profile, a model or one of their ARNs. */
export const isCallable = (id: string): boolean => profilePattern.test(id) || modelPattern.test(id) || isBedrockArn(id);

/** Whether this is nothing but the ARN of an IAM role. */
export const isRoleArn = (arn: string): boolean =>
	new RegExp(`^arn:(?:${partition}):iam::\\d{12}:role\\/[\\w+=,.@/-]{1,200}$`).test(arn);

const policyArnPattern =
	/^arn:(?:aws|aws-us-gov|aws-cn):(?:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]{1,200}|organizations::(?:\d{12}|aws):policy\/[\w/-]{1,120})$/;

/** Whether this is nothing but the ARN of an IAM or Organizations policy. */
export const isPolicyArn = (arn: string): boolean => policyArnPattern.test(arn);
