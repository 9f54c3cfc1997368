"""The exchange of The Littlest JupyterHub: /opt/tljh/config/jupyterhub_config.d/ngshare.py."""

c = get_config()  # noqa: F821  given by JupyterHub

URL = "http://127.0.0.1:10101"
c.JupyterHub.services.append(
    {
        "name": "ngshare",
        "url": URL,
        "command": [
            "/opt/tljh/hub/bin/python",
            "-m",
            "ngshare",
            "--admins",
            "instructor",  # separated by commas
            "--database",
            "sqlite:////opt/tljh/state/ngshare.db",
            "--storage",
            "/opt/tljh/state/ngshare",
        ],
    }
)
# Both a user and the token of a user's server have to be let in.
ACCESS = "access:services!service=ngshare"
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": ["self", ACCESS]},
    {"name": "server", "scopes": ["users:activity!user", "access:servers!server", ACCESS]},
]
c.Spawner.environment = {"EXAMINER_NGSHARE": f"{URL}/services/ngshare"}
