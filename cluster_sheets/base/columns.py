"""Names of answers that the code speaks of: a declaration of the application form without one of them is refused.

All other answers are known to the declaration only, so that adding a plain question touches one file.
"""

SCHOOL = "school_name"
URN = "school_urn"
HEADTEACHER = "headteacher_name"
CONTACT = "contact_name"
CONTACT_EMAIL = "contact_email"
CONTACT_ROLE = "contact_role"
PURPOSE = "purpose"
APPLICANT = "applicant"
BENEFICIARY = "beneficiary"
TITLE = "request_title"
POT = "pot_asked"
AREA = "area_main"
START, END = "start_date", "end_date"
AMOUNT, LEAST = "amount_requested", "minimum_viable"
EARLIER_REFERENCE = "earlier_reference"
UPN = "pupils.upn"
PUPIL_SCHOOL = "pupils.school_urn"
PROVISION = "pupils.sen_provision"
CATEGORY = "costs.category"
DESCRIPTION = "costs.description"
HOURS, WEEKS, RATE, SHARED_BY = "costs.hours_per_week", "costs.weeks", "costs.rate", "costs.group_size"
QUANTITY, EACH = "costs.quantity", "costs.unit_cost"
LINE_TOTAL, PAID_BY = "costs.line_total", "costs.paid_by"
PARENTS_AGREED, PARENT_AGREED = "parents_agreed", "pupils.parent_agreed"
PARTNER, SHARE, LEAD_SHARE = "partners.partner_school", "partners.share", "partners.lead_share"
AGREED_BY = "partners.agreed_by_name"
SIGNED_BY = "headteacher_agrees_name"
SUPPORT_TO = "support.to_date"
EHCNA = "ehcna_status"
COUNTS = ("pupil_counts.with_plan", "pupil_counts.on_sen_support", "pupil_counts.without_sen")

NAMED_IN_CODE = (
    SCHOOL, URN, HEADTEACHER, CONTACT, CONTACT_EMAIL, CONTACT_ROLE, PURPOSE, APPLICANT, BENEFICIARY, TITLE, POT, AREA,
    START, END, AMOUNT, LEAST, EARLIER_REFERENCE, UPN, PUPIL_SCHOOL, PROVISION, CATEGORY, DESCRIPTION, HOURS, WEEKS,
    RATE, SHARED_BY, QUANTITY, EACH, LINE_TOTAL, PAID_BY, PARENTS_AGREED, PARENT_AGREED, PARTNER, SHARE, LEAD_SHARE,
    AGREED_BY, SIGNED_BY, SUPPORT_TO, EHCNA, *COUNTS,
)  # fmt: skip
