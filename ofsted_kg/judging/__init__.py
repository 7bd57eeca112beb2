"""What inspectors' sentences say of a service, told from their wording alone."""
