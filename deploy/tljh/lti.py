"""Students come in from the LMS, by LTI 1.3: /opt/tljh/config/jupyterhub_config.d/lti.py. The values are Canvas'."""

c = get_config()  # noqa: F821  given by JupyterHub

c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
c.LTI13Authenticator.issuer = "https://canvas.instructure.com"
c.LTI13Authenticator.client_id = {"10000000000001"}  # that the LMS shows once the tool is registered
c.LTI13Authenticator.authorize_url = "https://canvas.instructure.com/api/lti/authorize_redirect"
c.LTI13Authenticator.jwks_endpoint = "https://canvas.instructure.com/api/lti/security/jwks"
c.LTI13Authenticator.username_key = "email"  # the same as the id of a student in `examiner roster`
c.Authenticator.allow_all = True  # whoever the LMS lets into the course
