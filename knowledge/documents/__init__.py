"""What applicant and employer must be ready to show, and on what that rests."""
