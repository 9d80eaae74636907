"""What people practise and read, as data: skills, nudges, answers to barriers; checked when it is loaded."""
